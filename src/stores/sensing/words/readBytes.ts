import { AppError } from '../../../core/errors';
import { LARGEST_CHAT } from '../../../modalities/text/chats/readChat';

/** @throws AppError 'chat/too-large' before anything is read, 'chat/unreadable' */
export async function readBytes(file: Blob): Promise<Uint8Array> {
  if (file.size > LARGEST_CHAT) throw new AppError('chat/too-large', `${file.size} bytes`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new AppError('chat/unreadable', 'the browser could not read the file', { cause });
  }
}
