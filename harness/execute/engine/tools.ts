import { HoldfastError } from '../../model/index.ts';
import type { Host } from './host.ts';
import { installPackages } from './packages.ts';
import type { Progress } from './progress.ts';

/** What a recipe may need on the machine that builds it. */
export const toolNames = ['go', 'mmdebstrap', 'pip'] as const;
export type ToolName = (typeof toolNames)[number];

type Tool = {
  readonly probe: readonly [string, ...string[]];
  readonly packages: readonly string[] | null;
  readonly what: string;
};

const tools: Record<ToolName, Tool> = {
  // Debian 12 has Go 1.19, which is too old to fetch a newer toolchain by itself.
  go: { probe: ['go', 'version'], packages: null, what: 'Go 1.21 or newer' },
  mmdebstrap: {
    probe: ['mmdebstrap', '--version'],
    packages: ['mmdebstrap', 'debian-archive-keyring'],
    what: 'mmdebstrap',
  },
  pip: {
    probe: ['python3', '-m', 'pip', '--version'],
    packages: ['python3', 'python3-pip'],
    what: 'Python 3 with pip',
  },
};

/** True where a tool is there and runs. */
export const probeTool = async (name: ToolName, host: Host): Promise<boolean> => {
  const [command, ...args] = tools[name].probe;
  return host.has(command) && (await host.run(command, args)).ok;
};

/** Makes sure that a tool is there, by installing it where that is possible. Throws `missing-tool`. */
export const ensureTool = async (name: ToolName, host: Host, progress: Progress): Promise<void> => {
  const { packages, what } = tools[name];
  if (await probeTool(name, host)) return;
  if (packages === null)
    throw new HoldfastError(
      'missing-tool',
      `expected ${what} on PATH, to build what no image registry gave, found none`,
      {
        hint: `install ${what}, or make an image registry reachable`,
      },
    );
  await installPackages(packages, what, host, progress);
};
