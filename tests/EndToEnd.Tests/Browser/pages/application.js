// What the test pages share: post the result, or the error, to the page's own server.
export const server = new URLSearchParams(location.search).get('server');
export const parameter = (name) => new URLSearchParams(location.search).get(name);

export async function report(work) {
  let result;
  try {
    result = { ok: true, ...(await work()) };
  } catch (error) {
    result = { ok: false, error: String(error?.message ?? JSON.stringify(error)), stack: String(error?.stack ?? '') };
  }
  await fetch('/done', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) });
}

/** The object of an answer to GET. A scope like bloodpressure opens its path, where case does not count; the member is bloodPressure. */
export const measurement = (answer) => Object.values(answer).find((member) => member?.device);

/** Resolves with the first value that `subscribe` hands to its callback, or rejects after `seconds`. */
export const first = (subscribe, seconds, what) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error(`no ${what} within ${seconds} s`)), seconds * 1000);
  subscribe((value) => { clearTimeout(timer); resolve(value); });
});
