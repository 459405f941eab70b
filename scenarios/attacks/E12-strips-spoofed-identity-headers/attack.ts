import type { Attack } from '../../../harness/model/index.ts';
import { edgeForm, openRoute, requestOf } from '../../../harness/declare/forms/index.ts';
import { identityHeaderTable } from '../../../harness/policy/identity-headers.ts';

/** E12: each identity header of the table, one for each form, on the route that every authenticated user may take. */
export const attack: Attack = {
  attempts: (context) => {
    const { stack } = context;
    const route = openRoute(context);
    return identityHeaderTable.map(({ name, value }) => {
      const own = value.replaceAll('{trustDomain}', stack.trustDomain).replaceAll('{member}', stack.services[0]!.id);
      return {
        ...edgeForm(stack, route, name, { ...requestOf(route), headers: [[name, own]], token: route.token }),
        evidence: 'spoof',
      };
    });
  },
};
