/** For finding and sorting: lower case without accents. Plain texts, the most, take the short way. */
export function foldText(text: string): string {
  return (/[^ -~]/.test(text) ? text.normalize('NFKD').replace(/\p{M}/gu, '') : text).toLowerCase();
}
