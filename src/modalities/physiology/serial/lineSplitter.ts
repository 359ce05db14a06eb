/** Longest line that a sketch sends; beyond it something is no text. */
const LONGEST = 512;

/**
 * Cuts a stream of text into lines, wherever the stream was cut itself. CR, LF and CRLF end a line; empty lines are left out;
 * of a line that is too long nothing is kept, so that noise costs no memory.
 */
export class LineSplitter {
  #rest = '';
  #isTooLong = false;

  /** @returns the lines that this piece completes, without their ends */
  push(piece: string): string[] {
    const parts = piece.split(/[\r\n]/);
    const last = parts.pop() ?? '';
    const lines: string[] = [];
    for (const part of parts) {
      this.#append(part);
      if (!this.#isTooLong && this.#rest !== '') lines.push(this.#rest);
      this.#rest = '';
      this.#isTooLong = false;
    }
    this.#append(last);
    return lines;
  }

  #append(part: string): void {
    if (this.#rest.length + part.length > LONGEST) this.#isTooLong = true;
    this.#rest = this.#isTooLong ? '' : this.#rest + part;
  }
}
