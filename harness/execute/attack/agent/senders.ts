import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SenderAgent } from './exchange.ts';

const folder = join(import.meta.dirname, '../../../kinds/senders');

/** The senders of this folder, by transport. Throws where two send the same, for then it would be chance which of them does. */
export const loadSenders = async (): Promise<ReadonlyMap<string, SenderAgent>> => {
  const byTransport = new Map<string, SenderAgent>();
  for (const name of readdirSync(folder).toSorted()) {
    const file = join(folder, name, 'agent.ts');
    if (!existsSync(file)) continue;
    const { agent } = (await import(pathToFileURL(file).href)) as { readonly agent: SenderAgent };
    for (const transport of agent.transports) {
      if (byTransport.has(transport)) throw new Error(`expected one sender of ${transport}, found another: ${name}`);
      byTransport.set(transport, agent);
    }
  }
  return byTransport;
};
