import { request } from 'node:http';

/** An answer of the engine; `body` is parsed JSON, or null where there was none. */
export type Answer = { readonly status: number; readonly body: unknown };

/** Speaks with the engine. Built-ins only: this also runs in the watchdog's container, where there is no node_modules. */
export type EngineApi = (method: 'GET' | 'POST' | 'DELETE', path: string) => Promise<Answer>;

const answerMs = 5000;

/** The engine behind a socket. Rejects where it does not answer within 5 s. */
export const engineApi =
  (socketPath: string): EngineApi =>
  (method, path) =>
    new Promise((resolve, reject) => {
      const sent = request({ socketPath, method, path, headers: { host: 'engine' }, timeout: answerMs }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          let body: unknown = null;
          try {
            body = text === '' ? null : JSON.parse(text);
          } catch {
            body = text;
          }
          resolve({ status: answer.statusCode ?? 0, body });
        });
      });
      sent.on('timeout', () =>
        sent.destroy(new Error(`the engine did not answer ${method} ${path} within ${answerMs / 1000} s`)),
      );
      sent.on('error', reject);
      sent.end();
    });
