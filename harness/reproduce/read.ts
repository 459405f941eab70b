import type { z } from 'zod';
import { HoldfastError, canonical, scheduleSchema } from '../model/index.ts';
import type { Schedule } from '../model/index.ts';
import { bundleSchema } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { faultOfSchedule } from './fits.ts';
import { upgradeBundle, upgradeSchedule } from './older.ts';
import type { OlderParts } from './older.ts';

/** The bytes of `bundle.json`: the same bundle gives the same ones. */
export const serialiseBundle = (bundle: Bundle): string => `${canonical(bundle)}\n`;

/** Reads a bundle from its text. `file` is what errors call it. Throws `bad-run`, and nothing else, on any text. */
export const parseBundle = (text: string, file: string): Bundle => {
  const bundle = shaped(text, file, bundleSchema, 'a bundle', upgradeBundle) as Bundle;
  const { part, incident, attacks } = bundle;
  const refuse = (what: string): never => {
    throw broken(file, what);
  };
  const fault = faultOfSchedule(part.schedule);
  if (fault !== null) refuse(`part.schedule.${fault}`);
  if (part.schedule.capacity !== null) refuse('part.schedule.capacity: expected none, a part has no ramp');
  const own = part.schedule.attacks.find(({ id }) => id === incident.attack);
  if (own === undefined) refuse(`part.schedule.attacks: expected ${incident.attack}, the attack of the incident`);
  if (part.own.some((form) => own?.forms[form] === undefined)) refuse(`part.own: expected forms of ${incident.attack}`);
  const missing = part.schedule.attacks.find(({ id }) => attacks.every((attack) => attack.id !== id));
  if (missing !== undefined) refuse(`attacks: expected what ${missing.id} is, found nothing`);
  if (bundle.configuration['compose.yaml'] === undefined) refuse('configuration: expected a compose.yaml');
  return bundle;
};

/** Reads `schedule.json` of a run; `older`: what one of before schedule 2 kept beside it. Throws `bad-run`. */
export const parseSchedule = (text: string, file: string, older: OlderParts): Schedule => {
  const schedule = shaped(text, file, scheduleSchema, 'a schedule', (value) =>
    upgradeSchedule(value, older),
  ) as Schedule;
  const fault = faultOfSchedule(schedule);
  if (fault !== null) throw broken(file, fault);
  return schedule;
};

const shaped = <T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  what: string,
  upgrade: (value: unknown) => unknown,
): T => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(file, `expected ${what} in JSON: ${(cause as Error).message}`);
  }
  const result = schema.safeParse(upgraded(value, upgrade));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw broken(
    file,
    `expected ${what}, found ${issue?.path.join('.') || 'a document'}: ${issue?.message ?? 'not valid'}`,
  );
};

/** What cannot be upgraded is no older form of it: its reader says what is wrong. */
const upgraded = (value: unknown, upgrade: (value: unknown) => unknown): unknown => {
  try {
    return upgrade(value);
  } catch {
    return value;
  }
};

const broken = (file: string, message: string): HoldfastError =>
  new HoldfastError('bad-run', message, {
    hint: 'the file was altered or cut short, or comes from another version: take it again from where it was made',
    place: { file },
  });
