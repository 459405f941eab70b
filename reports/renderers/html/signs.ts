import type { Tone } from '../../line.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';

/** Strokes within a box of 16 by 16: shape tells tones apart where colour does not. */
const strokes: Readonly<Record<Tone, Html>> = {
  good: markup`<path d="M3 8.6 6.6 12 13 4.4" />`,
  bad: markup`<path d="M4 4 12 12M12 4 4 12" />`,
  unsure: markup`<path d="M5.4 5.6a2.6 2.6 0 1 1 3.7 2.6C8.3 8.7 8 9.2 8 10.2M8 12.9v.2" />`,
  void: markup`<path d="M4 8h8" />`,
  calm: markup`<path d="M3.5 6h9M3.5 10.4h9" />`,
};

/** The sign of a tone, as drawing; the word beside it is what is read out. */
export const sign = (of: Tone): Html =>
  markup`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${strokes[of]}</svg>`;
