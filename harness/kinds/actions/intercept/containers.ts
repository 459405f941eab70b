import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateRecipe } from '../../../model/index.ts';
import type { AttachedSpec } from '../../../execute/attached/index.ts';
import { labels } from '../../../execute/engine/index.ts';
import type { Placement } from './layout.ts';

/** A certificate with its key, both PEM. */
export type PemPair = { readonly cert: string; readonly key: string };
export type Certificates = (recipe: CertificateRecipe) => PemPair | Promise<PemPair>;

/** What an interceptor's container is made from. `scratch`: a folder of the run for secrets, deleted with it. */
export type InterceptorInputs = {
  readonly run: string;
  readonly network: string;
  readonly images: { readonly mitmproxy: string; readonly workload: string };
  readonly scratch: string;
  readonly certificates: Certificates;
};

/** The program's own folder: mounted, so that the images hold no code of ours. */
const here = import.meta.dirname;
/** Who owns the scratch folder: without capabilities, root itself reads only its own files. */
const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;

const secret = async (folder: string, name: string, text: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, name), text, { mode: 0o600 });
};

const base = (inputs: InterceptorInputs, container: string) => ({
  name: `${inputs.run}-${container}`,
  labels: labels(inputs.run, 'attacker'),
  options: [
    '--network',
    inputs.network,
    '--read-only',
    '--tmpfs',
    '/tmp',
    '--cap-drop',
    'ALL',
    '--user',
    user,
    '--volume',
    `${here}:/holdfast/mitm:ro`,
    '--volume',
    `${join(inputs.scratch, container)}:/holdfast/secrets:ro`,
  ],
});

/** The impostor: a TLS server with one listener per form, each with the certificate of its recipe. */
export const impostor = async (
  inputs: InterceptorInputs,
  placements: readonly Placement[],
): Promise<Omit<AttachedSpec, 'onLine'>> => {
  const folder = join(inputs.scratch, 'impostor');
  for (const { interceptor, port } of placements) {
    if (interceptor.kind !== 'impostor') continue;
    const { cert, key } = await inputs.certificates(interceptor.certificate);
    await secret(join(folder, String(port)), 'cert.pem', cert);
    await secret(join(folder, String(port)), 'key.pem', key);
  }
  const listeners = placements.map(({ port }) => ({ port, certificate: `/holdfast/secrets/${port}` }));
  await secret(folder, 'listeners.json', JSON.stringify(listeners));
  return {
    ...base(inputs, 'impostor'),
    image: inputs.images.workload,
    binary: 'node',
    args: ['/holdfast/mitm/impostor/main.ts', '/holdfast/secrets/listeners.json'],
  };
};

/**
 * mitmproxy, one listener per form. It speaks TLS with the caller first, whatever the callee says (`connection_strategy=lazy`),
 * believes the callee without a check, and shows a stolen certificate to both where it has one.
 */
export const mitmproxy = async (
  inputs: InterceptorInputs,
  container: string,
  placements: readonly Placement[],
): Promise<Omit<AttachedSpec, 'onLine'>> => {
  const folder = join(inputs.scratch, container);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const modes = placements.flatMap(({ interceptor, hop, port }) => {
    const scheme = interceptor.kind === 'mitmproxy' && interceptor.mode === 'tamper' ? 'tcp' : 'https';
    return ['--mode', `reverse:${scheme}://${hop.to}:${hop.port}@${port}`];
  });
  const stolen: string[] = [];
  for (const { interceptor } of placements.slice(0, 1)) {
    if (interceptor.kind !== 'mitmproxy' || interceptor.mode !== 'stolen-certificate') continue;
    const { cert, key } = await inputs.certificates({ service: interceptor.stolenFrom ?? '' });
    await secret(folder, 'stolen.pem', `${key.trim()}\n${cert}`);
    stolen.push('--certs', '*=/holdfast/secrets/stolen.pem', '--set', 'client_certs=/holdfast/secrets/stolen.pem');
  }
  const settings = [
    'confdir=/tmp/mitmproxy',
    'connection_strategy=lazy',
    'upstream_cert=false',
    'ssl_insecure=true',
    'flow_detail=0',
  ];
  return {
    ...base(inputs, container),
    image: inputs.images.mitmproxy,
    binary: 'mitmdump',
    args: [
      '--quiet',
      ...modes,
      ...stolen,
      ...settings.flatMap((text) => ['--set', text]),
      '--scripts',
      '/holdfast/mitm/addon.py',
    ],
  };
};
