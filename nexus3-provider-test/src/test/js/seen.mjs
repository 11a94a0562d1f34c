/** What a client's user can see of an error. */
export function seen(error) {
  return {
    class: error.constructor.name,
    message: error.message,
    status: error.status,
    type: error.type,
    code: error.code,
    param: error.param,
    requestId: error.requestID,
    retryAfter: error.headers?.get('retry-after'),
  };
}

/** Lets a stream end, well or not: its pieces and either what became of it or the error. */
export async function ended(pieces, end) {
  try {
    return { pieces, ...(await end()) };
  } catch (error) {
    return { pieces, error: seen(error) };
  }
}

/** The schema of the tool that all scenes offer. */
export const WEATHER = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string' } },
  required: ['city', 'unit'],
};
