import type { Report } from '../../../harness/model/index.ts';
import { facts, note, numeric, section, table } from '../../document.ts';
import type { Section } from '../../document.ts';
import { alarming, quiet, warm } from '../../line.ts';
import { count, millisText, shareText } from '../../text/index.ts';

const share = (part: number, whole: number): string => (whole === 0 ? '' : ` (${shareText(part / whole)})`);

/** How the traffic was replayed, and how the stack answered it. */
export const loadSection = ({ load }: Report): Section =>
  section(
    'Load',
    [
      facts([
        ['Intended', count(load.intended)],
        ['Sent', count(load.sent)],
        ['Dropped', `${count(load.dropped)}${share(load.dropped, load.intended)}`],
        ['Failed', `${count(load.failed)}${share(load.failed, load.intended)}`],
        ['Sent late, p99', millisText(load.latenessP99Ms)],
        ['Late at the edge, p99', millisText(load.edgeLatenessP99Ms)],
      ]),
      table(
        ['Phase', numeric('p50'), numeric('p99'), numeric('p99.9'), numeric('Requests'), numeric('Left out')],
        Object.entries(load.latencyMs).map(([phase, { p50, p99, p999, requests, leftOut }]) => [
          phase,
          millisText(p50),
          millisText(p99),
          millisText(p999),
          count(requests),
          count(leftOut),
        ]),
        { caption: 'Latency from the intended time; a dropped request counts as the time-out' },
      ),
    ],
    { id: 'load' },
  );

/** Classes of which a single packet matters. */
const alarms: ReadonlySet<string> = new Set(['cleartext', 'unclassified']);

/** Every packet of every mesh link, by class. */
export const tapSection = ({ tap }: Report): Section => {
  const classes = [...new Set(tap.flatMap((link) => Object.keys(link.packets)))];
  return section(
    'Tap',
    tap.length === 0
      ? [note('No link was captured in this run.')]
      : [
          table(
            ['Link', ...classes.map((name) => numeric(name)), numeric('connections'), numeric('lost by the tap')],
            tap.map((link) => [
              link.link,
              ...classes.map((name) => {
                const packets = link.packets[name] ?? 0;
                return alarms.has(name) || packets === 0 ? alarming(packets, count(packets)) : count(packets);
              }),
              count(link.connections),
              link.dropped === 0 ? quiet(0) : warm(count(link.dropped)),
            ]),
            {
              caption:
                'Packets of each mesh link by class. “planted” is cleartext that the harness sent on purpose, to show that the tap would see it',
            },
          ),
        ],
    { id: 'tap' },
  );
};
