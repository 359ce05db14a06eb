/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Revoked at once, some browsers lose the download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
