/**
 * How a run goes, while it goes: what k6, the agents and the witnesses write, read along and folded into one state. It is for the
 * eye. Nothing of it reaches the history, and a run without it is the same run.
 */
export { startFollower } from './follow.ts';
export type { Follower, FollowerInputs, OnLive } from './follow.ts';
export type { AttemptsNow, LiveState, LoadNow } from './state.ts';
