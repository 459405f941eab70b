/** What curl is told of a method: nothing, where it is the one that it takes by itself. */
export const methodText = (method: string): string => (method === 'GET' ? '' : `-X ${method} `);
