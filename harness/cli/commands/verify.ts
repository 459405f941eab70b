import { Option } from 'commander';
import { discoverKinds } from '../../kinds/index.ts';
import { loadPublicKey, verifyRun } from '../../prove/index.ts';
import type { Verification } from '../../prove/index.ts';
import { printable } from '../index.ts';
import type { CommandModule } from '../index.ts';

/** `holdfast verify RUN`: is the proof of a stored run sound? 0 where it is, 2 where it is not. */
export const command: CommandModule = {
  name: 'verify',
  summary: 'checks the signature, the files, the history and the report of a stored run; needs no network',
  examples: ['npx holdfast verify reports/runs/latest', 'npx holdfast verify RUN --key signer.pub --format json'],
  register: (command, { stdout }) => {
    command
      .argument('<run>', 'folder of the run')
      .option('--key <file>', "the signer's key in PEM (default: HOLDFAST_SIGNING_KEY, else this machine's own)")
      .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
      .action(async (run: string, options: { key?: string; format: 'text' | 'json' }) => {
        const result = verifyRun(run, loadPublicKey({ file: options.key }), await discoverKinds());
        stdout.write(options.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : printable(describe(result)));
        return result.ok ? 0 : 2;
      });
  },
};

const describe = ({ ok, steps, signer, verdict, hint }: Verification): string => {
  const lines = steps.flatMap(({ name, faults }) => [
    `${faults.length === 0 ? 'ok    ' : 'FAILED'}  ${name}`,
    ...faults.map((fault) => `          ${fault}`),
  ]);
  lines.push('', ok ? `signed by ${signer ?? ''}` : `the folder names the key ${signer ?? 'of nobody'}`);
  lines.push(ok ? `the proof is sound; the run's verdict is ${verdict ?? ''}` : 'the proof is NOT accepted');
  if (hint !== null) lines.push(`hint: ${hint}`);
  return `${lines.join('\n')}\n`;
};
