import type { Comparison, ComparisonLine, Judgement } from '../../../harness/model/index.ts';
import { markup, sign } from '../../formats/html/index.ts';
import type { Html } from '../../formats/html/index.ts';

type Tone = 'good' | 'bad' | 'unsure' | 'void' | 'calm';

/** Colour of a judgement; a regression that the gate only warns of is not as loud as one that fails. */
export const judgementTone = ({ judgement, gate }: Pick<ComparisonLine, 'judgement' | 'gate'>): Tone =>
  judgement === 'regression'
    ? gate === 'fail'
      ? 'bad'
      : 'unsure'
    : judgement === 'improvement'
      ? 'good'
      : judgement === 'not comparable'
        ? 'void'
        : 'calm';

/** Strokes within a box of 16 by 16: up and down would say nothing of good and bad, so each judgement has its own shape. */
const strokes: Readonly<Record<Judgement, Html>> = {
  regression: markup`<path d="M4 4 12 12M12 4 4 12" />`,
  improvement: markup`<path d="M3 8.6 6.6 12 13 4.4" />`,
  unchanged: markup`<path d="M3.5 6h9M3.5 10.4h9" />`,
  noise: markup`<path d="M2.5 9.4c2-4.4 3.6-4.4 5.5-1.2s3.6 3.2 5.5-1.2" />`,
  'not comparable': markup`<path d="M3.5 6h9M3.5 10.4h9M11 2.6 5 13.8" />`,
};

/** Sign and word of a judgement. */
export const judgementBadge = (line: ComparisonLine): Html =>
  markup`<span class="badge ${judgementTone(line)}"><svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${strokes[line.judgement]}</svg>${line.judgement}</span>${line.judgement === 'regression' && line.gate === 'warn' && markup`<div class="sub">the gate warns</div>`}`;

/** The tone of a comparison's verdict. */
export const verdictTone = (verdict: Comparison['verdict']): 'good' | 'bad' | 'unsure' =>
  verdict === 'REGRESSION' ? 'bad' : verdict === 'NO REGRESSION' ? 'good' : 'unsure';

/** The sign of a comparison's verdict. */
export const verdictSign = (verdict: Comparison['verdict']): Html => sign(verdictTone(verdict));
