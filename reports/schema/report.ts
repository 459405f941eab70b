/** `report.json`, as the model defines it. */
export { reportSchema } from '../../harness/model/index.ts';
