// Calls of the management API, relative to the page: each tenant has its own. The cookie of the login goes along by itself; no script can read it.

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function api(method, path, body) {
  let answer;
  try {
    answer = await fetch(`api/v1/${path}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw new Refused(0, 'The server does not answer. This page keeps trying.');
  }

  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, problem.detail ?? problem.title ?? `The server answered ${answer.status}.`);
  }

  return answer.status === 204 ? null : answer.json();
}
