import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** A file that another process writes, read on from where the last reading ended. */
export type Tail = {
  /** Hands over what was added since, in pieces of whole lines. A file that is not there (yet, or any more) has no lines. */
  readonly read: (take: (text: string) => void) => Promise<void>;
};

const pieceBytes = 256 * 1024;
/** In one reading: a reader that is behind catches up over several, and never keeps the process from its other work. */
const mostBytes = 32 * pieceBytes;
/** A line that is longer is passed over: nothing that the harness writes comes near. */
const longestLine = 1024 * 1024;

/**
 * Follows a file line by line, in bounded memory: a last line without its end waits for the rest; a file that became shorter is
 * another one, and read from its beginning. Text is taken as Latin-1: all that is looked for is ASCII. `from: 'end'` begins behind
 * what is there at the first reading. Throws what the file system throws, but for an absent file.
 */
export const tailFile = (file: string, { from = 'start' }: { readonly from?: 'start' | 'end' } = {}): Tail => {
  let offset = from === 'start' ? 0 : -1;
  let rest = '';
  let overlong = false;
  const buffer = Buffer.allocUnsafe(pieceBytes);

  const linesOf = (piece: string): string => {
    const last = piece.lastIndexOf('\n');
    if (last === -1) {
      overlong ||= rest.length + piece.length > longestLine;
      rest = overlong ? '' : rest + piece;
      return '';
    }
    const first = overlong ? piece.indexOf('\n') + 1 : 0;
    const lines = overlong ? piece.slice(first, last + 1) : rest + piece.slice(0, last + 1);
    overlong = false;
    rest = piece.slice(last + 1);
    return lines;
  };

  return {
    read: async (take) => {
      // Neither a pipe nor a link that a container put in the file's place: it would hold us up, or lead elsewhere.
      const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(absent);
      if (handle === null) return;
      try {
        const found = await handle.stat();
        if (!found.isFile()) return;
        if (offset === -1) offset = found.size;
        if (found.size < offset) [offset, rest, overlong] = [0, '', false];
        for (let taken = 0; taken < mostBytes;) {
          const { bytesRead } = await handle.read(buffer, 0, pieceBytes, offset);
          if (bytesRead === 0) return;
          offset += bytesRead;
          taken += bytesRead;
          const lines = linesOf(buffer.toString('latin1', 0, bytesRead));
          if (lines !== '') take(lines);
        }
      } finally {
        await handle.close();
      }
    },
  };
};

const absent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};
