// Clients of applications, with revoke.
import { api } from './api.js';
import { button, byId, make, scopes, show, time } from './page.js';

export function showClients(clients, act) {
  show(byId('clients'), clients, item => item.clientId, client => {
    const name = client.applicationName || client.origin;
    const state = client.approved ? scopes(client.scopes) : make('span', 'warn', 'not approved');
    return make('tr', '',
      make('td', '', name, make('small', 'origin', client.origin)),
      make('td', '', state, make('small', '', client.expires ? `until ${time(client.expires)}` : '')),
      make('td', '', client.connected ? make('span', 'good', 'connected') : time(client.lastUsed)),
      make('td', '', button('Revoke', `Revoke ${name}`, () =>
        confirm(`Revoke ${name}? It has to ask for access again.`)
          && act(() => api('DELETE', `clients/${encodeURIComponent(client.clientId)}`), `${name} was revoked.`))));
  });
}
