import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Every file below a folder: path from it, and text; what is packed is unpacked. */
const texts = (folder: string): readonly (readonly [name: string, text: string])[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')] as const;
    });

/** When a token ends, in seconds since the epoch; a token that names no end is good for ever, and what is none has ended. */
const expiry = (token: string): number => {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' ? exp : Infinity;
  } catch {
    return 0;
  }
};

/** What in the files of a folder must not be kept: private keys, and tokens that are good at `now`. As `file: what`. */
export const secretsIn = (folder: string, now: number): readonly string[] =>
  texts(folder).flatMap(([name, text]) => [
    ...[...text.matchAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----/g)].map(([found]) => `${name}: ${found}`),
    ...[...text.matchAll(/eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g)]
      .filter(([token]) => expiry(token) * 1000 > now)
      .map(([token]) => `${name}: a token, ${token.slice(0, 20)}…`),
  ]);
