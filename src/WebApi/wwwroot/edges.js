// Edges: presence, switch, removal, and the key of a new one, which is shown once.
import { api } from './api.js';
import { button, byId, make, show, time } from './page.js';

export function showEdges(edges, act) {
  show(byId('edges'), edges, item => item.edgeId, edge => {
    const path = `edges/${encodeURIComponent(edge.edgeId)}`;
    const toggle = edge.enabled ? 'Switch off' : 'Switch on';
    return make('tr', '',
      make('td', '', edge.name, make('small', '', edge.edgeId)),
      make('td', edge.connected ? 'good' : 'warn', state(edge), make('small', '', `last seen ${time(edge.lastSeen)}`), ...missing(edge)),
      make('td', '', `${edge.product} ${edge.version}`.trim()),
      make('td', '',
        button(toggle, `${toggle} ${edge.name}`, () =>
          act(() => api('PATCH', path, { enabled: !edge.enabled }), `${edge.name} was switched ${edge.enabled ? 'off' : 'on'}.`)),
        ' ',
        button('Remove', `Remove ${edge.name}`, () =>
          confirm(`Remove ${edge.name}? Its key becomes void; its measurements stay.`)
            && act(() => api('DELETE', path), `${edge.name} was removed.`))));
  });
}

function state(edge) {
  if (!edge.enabled) {
    return 'switched off';
  }

  return edge.connected ? 'connected' : 'not connected';
}

// What never came here: nobody can fetch it any more.
function missing(edge) {
  return edge.lost + edge.dropped === 0 ? [] : [make('small', 'warn', `${edge.lost} measurements lost (its disk), ${edge.dropped} continuous values dropped (its outbox)`)];
}

export function wireEdges(act) {
  byId('add-edge').addEventListener('submit', event => {
    event.preventDefault();
    const name = byId('edge-name').value;
    act(async () => {
      const added = await api('POST', 'edges', { name });
      byId('edge-name').value = '';
      byId('edge-key').value = added.key;
      byId('new-key').hidden = false;
      byId('edge-key').focus();
      byId('edge-key').select();
    }, `${name} was added. Copy its key into the edge's configuration.`);
  });
}
