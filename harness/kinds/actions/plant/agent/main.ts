import net from 'node:net';
import readline from 'node:readline';

/**
 * The planter: sends a request in clear on demand, so that the tap can be seen to work. Runs in a container in the mesh; imports
 * nothing but Node. Reads `{host, port, id}` and answers `{id, atNs, error}`, one JSON object a line.
 */
type Order = { readonly host: string; readonly port: number; readonly id: string };

const plant = ({ host, port, id }: Order): void => {
  let atNs: bigint | null = null;
  const answer = (error: string | null): void => {
    if (!answered)
      process.stdout.write(`${JSON.stringify({ id, atNs: String(atNs ?? process.hrtime.bigint()), error })}\n`);
    answered = true;
  };
  let answered = false;
  const socket = net.connect({ host, port }, () => {
    atNs = process.hrtime.bigint();
    socket.write(`GET /planted HTTP/1.1\r\nHost: ${host}\r\nx-holdfast-id: ${id}\r\nConnection: close\r\n\r\n`);
  });
  socket.setTimeout(2000, () => socket.destroy());
  socket.resume();
  // Once the connection stood, the request was on the link, whatever the callee made of it.
  socket.on('error', (error: NodeJS.ErrnoException) => answer(atNs === null ? (error.code ?? error.message) : null));
  socket.on('close', () => answer(atNs === null ? 'no connection' : null));
};

process.stdout.write('ready\n');
for await (const line of readline.createInterface({ input: process.stdin })) plant(JSON.parse(line) as Order);
process.exit(0);
