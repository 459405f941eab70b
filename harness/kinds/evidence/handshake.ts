import { errorWord } from '../../model/index.ts';
import type { EvidenceKind } from '../../model/index.ts';
import { ofRequest } from './support/conclusions.ts';

/** An admission is a peer that goes on with the handshake that was offered (`Send.hello`). */
export const evidence: EvidenceKind = {
  id: 'handshake',
  judge: (view, attempt, form) =>
    ofRequest(view, attempt, form, {
      by: 'handshake',
      gotIn: attempt.proved || errorWord(attempt.error)?.is === 'server-hello',
    }),
  live: { witness: false, result: 'proof' },
  example: ({ send }, ending) => ({
    attempt:
      ending === 'broke'
        ? { status: null, error: `server-hello:${send.hello?.version}`, proved: true }
        : { status: null, error: 'tls-alert:protocol-version' },
    records: [],
  }),
};
