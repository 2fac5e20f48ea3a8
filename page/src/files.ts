/** Text files as people have them: UTF-8, and where it is none, the Arabic code page of Windows. */

/** A file's text, and whether it had to be read as Windows-1256. */
export interface Opened {
  readonly text: string;
  readonly windows: boolean;
}

/** Decodes a file. A byte order mark tells UTF-16. */
export function decode(bytes: Uint8Array): Opened {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), windows: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), windows: false };
  } catch {
    return { text: new TextDecoder('windows-1256').decode(bytes), windows: true };
  }
}
