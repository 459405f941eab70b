import { readdirSync } from 'node:fs';
import { Writable } from 'node:stream';
import t from 'tap';
import { HoldfastCommand } from '../../../harness/cli/command.ts';
import type { CommandContext } from '../../../harness/cli/command.ts';
import { main } from '../../../harness/cli/main.ts';

const sink = (): { stream: NodeJS.WritableStream; text: () => string } => {
  let text = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
};

const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const [out, err] = [sink(), sink()];
  const context: CommandContext = {
    signal: new AbortController().signal,
    stdout: out.stream,
    stderr: err.stream,
    progress: (line) => err.stream.write(`${line}\n`),
  };
  const code = await main(args, context);
  return { code, out: out.text(), err: err.text() };
};

t.test('a wrong call ends with 254 and a suggestion', async (t) => {
  t.match(await run('setpu'), { code: 254, out: '', err: /unknown command 'setpu'[^]*Did you mean setup\?/ });
  t.match(await run('setup', '--fromat', 'json'), {
    code: 254,
    out: '',
    err: /unknown option '--fromat'[^]*Did you mean --format\?/,
  });
  t.match(await run('doctor', 'everything'), { code: 254, out: '', err: /too many arguments/ });
  t.match(await run('doctor', '--format', 'yaml'), { code: 254, out: '', err: /expected 'text' or 'json'/ });
  t.match(await run(), { code: 254, out: '', err: /Usage: holdfast/ });
  t.match(await run('setup', 'no-such-image'), {
    code: 254,
    err: /error: expected one of the images .*got 'no-such-image'/,
  });
});

t.test('help is data, and ends in examples', async (t) => {
  const all = await run('--help');
  t.match(all, { code: 0, err: '', out: /clean[^]*doctor[^]*setup[^]*Examples:\n {2}\$ npx holdfast setup/ });
  t.match(await run('clean', '--help'), {
    code: 0,
    err: '',
    out: /Usage: holdfast clean[^]*Examples:\n {2}\$ npx holdfast clean/,
  });
  t.match(await run('--version'), { code: 0, out: /^\d+\.\d+\.\d+\n$/ });
});

t.test('an action that returns no exit code is not a success', async (t) => {
  for (const [returned, ended] of [
    [0, 0],
    [1, 1],
    [undefined, undefined],
    [7, undefined],
  ] as const) {
    const program = new HoldfastCommand('p');
    program.command('c').action(async () => returned as number);
    await program.parseAsync(['c'], { from: 'user' });
    t.equal(program.ended, ended, String(returned));
  }
});

t.test('stacks are listed with what does not apply, and rendered without a run', async (t) => {
  t.match(await run('stacks', 'envoy-envoy'), { code: 0, err: '', out: /envoy-envoy {2}Envoy[^]*edge→storefront/ });
  const { code, out } = await run('stacks', '--format', 'json', 'envoy-envoy');
  t.equal(code, 0);
  t.match(JSON.parse(out), [
    {
      id: 'envoy-envoy',
      edge: 'envoy',
      mesh: 'envoy',
      defaults: null,
      features: ['mutual-tls', 'sidecars', 'workload-identities'],
      notApplicable: { P6: /edge-reload/ },
    },
  ]);
  t.match(await run('stacks', 'envoy-envy'), { code: 254, err: /did you mean "envoy-envoy"/ });
  const folder = `${t.testdir()}/rendered`;
  t.match(await run('up', 'envoy-envoy', '--render', folder), { code: 0, out: '' });
  const several = `${t.testdir({})}/several`;
  t.match(await run('run', 'quick', '--stack', 'envoy-env*', '--render', several), { code: 0, out: '' });
  t.same(readdirSync(`${several}/envoy-envoy`), ['compose.yaml', 'edge', 'orders', 'payments', 'storefront']);
});
