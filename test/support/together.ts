import { resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import t from 'tap';

/**
 * Runs the test files that HOLDFAST_TEST_FILES names (a JSON list of paths) in one process: what they share is loaded once. A file that
 * tests nothing is a failure, as it is where it runs by itself.
 */
let tests = 0;
t.on('subtestAdd', () => (tests += 1));
t.on('assert', () => (tests += 1));
for (const file of JSON.parse(process.env['HOLDFAST_TEST_FILES'] ?? '[]') as readonly string[]) {
  const before = tests;
  await import(pathToFileURL(resolve(file)).href);
  await turn();
  if (tests === before) t.fail(`expected tests in ${file}, found none: no tests were found`);
}
