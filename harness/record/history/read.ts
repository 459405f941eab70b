import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HoldfastError } from '../../model/index.ts';
import type { HistoryRecord } from '../../model/index.ts';
import { readMember } from './gzip-member.ts';
import { faultOfRecord } from './shapes.ts';
import { isOlder, upgrader } from './upgrade.ts';
import { genesis } from './write.ts';

type Head = { readonly block: number; readonly previous: string; readonly records: number };

/**
 * Every record of a history file, after its chain was checked. One that an older version wrote is given as it is written today.
 * Throws `bad-run`, naming block, byte offset, and what was expected and found.
 */
export const readHistory = (file: string): HistoryRecord[] => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new HoldfastError('bad-run', `expected a history at ${file}, found none (${(cause as Error).message})`, {
      hint: 'name the folder of a finished run: it holds history.ndjson.gz',
      place: { file },
      cause,
    });
  }
  return decodeHistory(bytes, file);
};

/** The same from bytes in memory; `name` is what errors call them. Throws `bad-run`, and nothing else, on any bytes. */
export const decodeHistory = (bytes: Buffer, name = 'history.ndjson.gz'): HistoryRecord[] => {
  const records: HistoryRecord[] = [];
  const upgrade = upgrader();
  const seen = { form: null };
  let previous = genesis;
  let offset = 0;
  let number = 0;
  while (offset < bytes.length) {
    const at = `block ${number} of ${name} (byte ${offset})`;
    const member = readMember(bytes, offset);
    if ('fault' in member) throw broken(name, `${at}: ${member.fault}`);
    readBlock(member.content, { number, previous }, records, upgrade, seen, (fault) => broken(name, `${at}: ${fault}`));
    previous = createHash('sha256').update(member.content).digest('hex');
    offset = member.next;
    number += 1;
  }
  const last = records.at(-1);
  if (last?.type !== 'end') {
    throw broken(
      name,
      `block ${number} of ${name} (byte ${offset}): expected more blocks up to an end record, found the end of the file` +
        (last === undefined ? '' : ` after a ${last.type} record`),
    );
  }
  return records;
};

const readBlock = (
  content: Buffer,
  expected: { readonly number: number; readonly previous: string },
  records: HistoryRecord[],
  upgrade: ReturnType<typeof upgrader>,
  seen: { form: HistoryForm | null },
  fail: (fault: string) => HoldfastError,
): void => {
  const lines = content.toString('utf8').split('\n');
  if (lines.pop() !== '') throw fail('expected a newline at the end of the block, found none');
  const head = readHead(parse(lines[0] ?? ''));
  if (head === null) throw fail('line 1: expected {"block":…,"previous":…,"records":…}, found something else');
  if (head.block !== expected.number) throw fail(`expected block number ${expected.number}, found ${head.block}`);
  if (head.previous !== expected.previous) {
    const before = expected.number === 0 ? 'no predecessor' : `block ${expected.number - 1}, whose SHA-256 is`;
    throw fail(`expected it to follow ${before} ${expected.previous}, found that it follows ${head.previous}`);
  }
  if (head.records !== lines.length - 1) throw fail(`expected ${head.records} records, found ${lines.length - 1}`);
  for (let i = 1; i < lines.length; i += 1) {
    if (records.at(-1)?.type === 'end')
      throw fail(`line ${i + 1}: expected nothing after the end record, found a record`);
    const read = parse(lines[i] ?? '');
    const form = formOf(read);
    if (form !== null && seen.form !== null && form !== seen.form)
      throw fail(
        `line ${i + 1}: expected a record of the ${seen.form} form as those before it, found one of the ${form}`,
      );
    seen.form ??= form;
    const record = form === 'older' ? upgrade(read as Readonly<Record<string, unknown>>) : read;
    const fault = typeof record === 'string' ? record : faultOfRecord(record);
    if (fault !== null) throw fail(`line ${i + 1}: ${fault}`);
    records.push(record as HistoryRecord);
  }
};

/** The form of the history that a record shows; null where both have it alike. */
type HistoryForm = 'older' | 'present';

const formOf = (value: unknown): HistoryForm | null => {
  if (!isRecord(value)) return null;
  if (isOlder(value)) return 'older';
  return ['op', 'seen', 'loss'].includes(String(value['type'])) ? 'present' : null;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const readHead = (value: unknown): Head | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { block, previous, records } = value as Partial<Record<keyof Head, unknown>>;
  if (typeof block !== 'number' || typeof previous !== 'string' || typeof records !== 'number') return null;
  return { block, previous, records };
};

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const broken = (file: string, message: string): HoldfastError =>
  new HoldfastError('bad-run', message, {
    hint: 'the run folder was altered or cut short: take it again from where it was made, or run again',
    place: { file },
  });
