/** Whether a file may hold messages, by its name. */
export const isChatFile = (name: string): boolean => /\.(txt|csv|tsv|json)$/i.test(name);
