import type { IncomingMessage } from 'node:http';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openJournal } from '../../fixtures/apps/shop/workload/journal.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, hopsOf } from '../../harness/declare/stack/index.ts';
import { writeWorkload } from '../../harness/execute/stack/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { identityHeaderTable, identityHeaders } from '../../harness/policy/identity-headers.ts';
import { attack } from '../../scenarios/attacks/E12-strips-spoofed-identity-headers/attack.ts';
import { endpoints } from '../support/products.ts';

const names = identityHeaderTable.map(({ name }) => name).toSorted();
const stacks = discoverStacks().filter(({ defaults }) => defaults === null);

t.test('the table holds each header once, in lower case, with a value that only one attempt uses', async (t) => {
  t.equal(new Set(names).size, names.length);
  for (const { name, value, source } of identityHeaderTable) {
    t.match(name, /^[a-z][a-z0-9-]*$/, name);
    t.match(value, /\{marker(Ip)?\}/, name);
    t.match(source, /\S/, name);
  }
  for (const prefix of identityHeaders.prefixes)
    t.ok(
      names.some((name) => name.startsWith(prefix)),
      `${prefix} is tried`,
    );
});

t.test('what E12 sends is the table', async (t) => {
  for (const stack of stacks) {
    const forms = attack.attempts({ stack, policy: readPolicy(stack.policy), hops: hopsOf(stack), endpoints });
    const sent = forms.flatMap(({ send }) => send.http.headers.map(([name]) => name));
    t.strictSame(sent.toSorted(), names, stack.id);
    t.notMatch(JSON.stringify(forms), /\{(trustDomain|member)\}/, stack.id);
  }
});

t.test('what a workload writes down is the table, as it is told by the harness', async (t) => {
  const folder = t.testdir();
  mkdirSync(join(folder, 'workload'));
  writeWorkload(stacks[0]!, join(folder, 'workload'));
  const told = JSON.parse(readFileSync(join(folder, 'workload/app.json'), 'utf8')) as {
    identityHeaders: typeof identityHeaders;
  };
  const written = names.filter((name) => {
    const file = join(folder, `${name}.ndjson`);
    const request = { rawHeaders: [name, 'somebody'], method: 'GET', url: '/' } as unknown as IncomingMessage;
    openJournal(file, told.identityHeaders).record(request);
    return readFileSync(file, 'utf8').includes('somebody');
  });
  t.strictSame(written, names);
  const file = join(folder, 'another.ndjson');
  const request = { rawHeaders: ['x-other', 'a', 'x-more', 'hf-spoof-7'], method: 'GET', url: '/' };
  openJournal(file, told.identityHeaders).record(request as unknown as IncomingMessage);
  t.match(JSON.parse(readFileSync(file, 'utf8')), { h: { 'x-more': 'hf-spoof-7' } }, 'under whatever name it came');
  t.notMatch(readFileSync(file, 'utf8'), /x-other/);
});

t.test('what every edge removes is the table', async (t) => {
  for (const stack of stacks.filter(({ parts }) => parts.mesh === 'envoy')) {
    const files = renderConfiguration(readPolicy(stack.policy), stack, { today: '2026-01-01' });
    const edge = [...files]
      .flatMap(([path, text]) => (path.startsWith('edge/') ? [text.toLowerCase()] : []))
      .join('\n');
    const { names: single, prefixes } = identityHeaders;
    // The entry point of Traefik takes this one off itself.
    for (const name of single)
      if (!(stack.parts.edge === 'traefik' && name === 'x-real-ip')) t.ok(edge.includes(name), `${stack.id}: ${name}`);
    for (const prefix of prefixes) t.ok(edge.includes(prefix), `${stack.id}: ${prefix}*`);
  }
});
