import type { Segment } from '../../model/index.ts';
import type { Rig } from './rig.ts';

export const plantAll = async (_rig: Rig, _segment: Segment, _originNs: bigint, _firstSeq: number): Promise<readonly never[]> => [];
