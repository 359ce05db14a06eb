/**
 * What other apps share with this one (Web Share Target) lies here between the service worker, which takes it, and the page, which
 * reads it once and deletes it. Below the app's folder, so that no two apps of one origin meet.
 */
export const SHARED_CACHE = 'syncin-shared';
/** Where the operating system posts to: `share_target.action` of the manifest. */
export const SHARE_PATH = 'share';
export const SHARED_TEXT = 'share/text';
export const SHARED_FILE = 'share/file';
/** Header with the name of the file, percent-encoded. */
export const SHARED_NAME = 'X-Shared-Name';
