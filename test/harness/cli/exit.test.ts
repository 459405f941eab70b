import t from 'tap';
import { describeError, exitOf, printable } from '../../../harness/cli/exit.ts';
import { HoldfastError } from '../../../harness/model/index.ts';

t.test('each kind of error has the exit code that was promised', async (t) => {
  const codes = {
    'bad-input': 254,
    usage: 254,
    inexpressible: 254,
    'bad-run': 2,
    'bad-proof': 2,
    interrupted: 2,
    'stack-down': 255,
    internal: 255,
  } as const;
  for (const [code, exit] of Object.entries(codes))
    t.equal(exitOf(new HoldfastError(code as keyof typeof codes, 'x')), exit, code);
  t.equal(exitOf(new TypeError('x')), 255);
  t.equal(exitOf('x'), 255);
});

t.test('an error says what, where and what next', async (t) => {
  const place = { file: 'plan.yaml', line: 3, column: 7 };
  t.equal(
    describeError(
      new HoldfastError('bad-input', 'expected a rate, found -1', {
        place,
        hint: 'use 0 or more',
        cause: new Error('deep'),
      }),
    ),
    'error: expected a rate, found -1\n  at plan.yaml:3:7\n  because: deep\nhint: use 0 or more\n',
  );
  t.match(describeError(new TypeError('boom')), /fault of the harness itself: TypeError: boom\n {4}at /);
});

t.test('foreign text cannot drive the terminal', async (t) => {
  t.equal(printable('a\u001b[2Jb\r\u0007\u009bc\nd\te'), 'a\\x1b[2Jb\\x0d\\x07\\x9bc\nd\te');
  t.notMatch(describeError(new HoldfastError('usage', 'got \u001b]0;x\u0007')), /\u001b|\u0007/);
});
