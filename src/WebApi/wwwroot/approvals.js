// Token requests that wait for a person. The name is what the application says of itself; the origin is what can be trusted.
import { api } from './api.js';
import { button, byId, make, scopes, show, time } from './page.js';

// Decided here; the server takes a moment to tell the waiting application before it forgets the request.
const decided = new Set();

export function showApprovals(approvals, act) {
  show(byId('approvals'), approvals.filter(item => !decided.has(item.id)), item => item.id, item => {
    const decide = (approve, done) => act(async () => {
      await api('POST', `approvals/${encodeURIComponent(item.id)}`, { approve });
      decided.add(item.id);
    }, done);
    const asks = make('p', '', 'asks for ', scopes(item.scopes));
    const who = `${item.applicationName} from ${item.origin}`;
    return make('li', '',
      make('strong', '', item.applicationName),
      make('div', 'origin', item.origin),
      asks,
      make('small', '', `asked ${time(item.requestedAt)}, answer until ${time(item.deadline)}`),
      make('div', 'actions',
        button('Approve', `Approve ${who}`, () => decide(true, `${who} was approved.`), true),
        button('Deny', `Deny ${who}`, () => decide(false, `${who} was denied.`))));
  });
}
