import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** The only header that we write: deflate, no name, no time, no flags, unknown system; so the same records give the same bytes. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const trailerBytes = 8;
/** A block is about a megabyte; whatever claims to be far more is not one of ours. */
const largestBlock = 256 * 1024 * 1024;

/** One gzip member (RFC 1952) around `bytes`. */
export const packMember = (bytes: Buffer): Buffer => {
  const trailer = Buffer.alloc(trailerBytes);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length % 2 ** 32, 4);
  return Buffer.concat([header, deflateRawSync(bytes, { level: 6 }), trailer]);
};

/** What stands at `offset`: its content and the offset behind it; or what is wrong with it, in words. */
export type Member = { readonly content: Buffer; readonly next: number } | { readonly fault: string };

/** Reads the gzip member at `offset`. Never throws on any bytes: a fault is a value. */
export const readMember = (file: Buffer, offset: number): Member => {
  const start = file.subarray(offset, offset + header.length);
  if (!start.equals(header)) {
    return { fault: `expected the gzip header ${header.toString('hex')}, found ${start.toString('hex') || 'nothing'}` };
  }
  const body = file.subarray(offset + header.length);
  let content: Buffer;
  let used: number;
  try {
    const result = inflateRawSync(body, { info: true, maxOutputLength: largestBlock, finishFlush: constants.Z_FINISH });
    ({ buffer: content } = result as unknown as { buffer: Buffer });
    used = (result as unknown as { engine: { bytesWritten: number } }).engine.bytesWritten;
  } catch (error) {
    return { fault: `expected deflated data, found something that does not inflate (${(error as Error).message})` };
  }
  const trailer = body.subarray(used, used + trailerBytes);
  if (trailer.length < trailerBytes)
    return { fault: `expected a checksum of ${trailerBytes} bytes, found the end of the file` };
  const [sum, stored] = [crc32(content), trailer.readUInt32LE(0)];
  if (sum !== stored) return { fault: `expected CRC-32 ${hex(stored)}, found ${hex(sum)}` };
  const length = trailer.readUInt32LE(4);
  if (length !== content.length % 2 ** 32) return { fault: `expected ${length} bytes, found ${content.length}` };
  return { content, next: offset + header.length + used + trailerBytes };
};

const hex = (value: number): string => value.toString(16).padStart(8, '0');
