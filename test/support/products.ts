import { discoverProducts, endpointsOf } from '../../harness/declare/discover/index.ts';

/** The admin endpoints of the products that are here. */
export const endpoints = endpointsOf(await discoverProducts());
