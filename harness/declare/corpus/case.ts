import type { Form } from '../../model/index.ts';

/** A request of the corpus: what is sent, from where, and what kind of request it is. */
export type Case = Pick<Form, 'variant' | 'vantage' | 'send'>;
