// The console: one page over the management API. Text from applications and devices is only ever set as textContent.
import { api, Refused } from './api.js';
import { showApprovals } from './approvals.js';
import { showDevices } from './devices.js';
import { showClients } from './clients.js';
import { showEdges, wireEdges } from './edges.js';
import { byId, say } from './page.js';
import { showPrinters } from './printers.js';

const everyMs = 3000;
let timer = 0;
let round = 0;

async function refresh() {
  clearTimeout(timer);
  const mine = ++round;
  try {
    const [approvals, devices, printers, clients, edges] = await Promise.all([
      api('GET', 'approvals'), api('GET', 'devices?limit=100'), api('GET', 'printers'), api('GET', 'clients'), api('GET', 'edges'),
    ]);
    if (mine !== round) {
      // What a button did has begun a newer round; this answer may be from before it.
      return;
    }

    showApprovals(approvals, act);
    showDevices(devices);
    showPrinters(printers, act);
    showClients(clients, act);
    showEdges(edges, act);
    timer = setTimeout(refresh, everyMs);
  } catch (error) {
    if (mine !== round) {
      return;
    }

    if (error instanceof Refused && error.status === 401) {
      showLogin();
      return;
    }

    say(error.message, true);
    timer = setTimeout(refresh, everyMs);
  }
}

// Runs what a button stands for, says how it went, and shows the new state.
async function act(work, done) {
  try {
    await work();
    say(done);
  } catch (error) {
    say(error.message, true);
  }

  await refresh();
}

function showLogin() {
  clearTimeout(timer);
  round++;
  byId('content').hidden = true;
  byId('logout').hidden = true;
  byId('server').hidden = true;
  byId('login').hidden = false;
  byId('token').focus();
}

async function showContent() {
  const server = await api('GET', 'server');
  byId('server').textContent = `${server.product} ${server.version}, ${server.environment}, tenant ${server.tenant}`;
  byId('server').hidden = false;
  const keyword = document.createElement('span');
  keyword.className = 'keyword';
  keyword.textContent = server.keyword;
  byId('keyword').replaceChildren('Keyword of this server: ', keyword);
  byId('login').hidden = true;
  byId('logout').hidden = false;
  byId('content').hidden = false;
  await refresh();
}

byId('login').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await api('POST', 'login', { token: byId('token').value });
    byId('token').value = '';
    say('');
    await showContent();
    byId('main').focus();
  } catch (error) {
    say(error.message, true);
  }
});

byId('logout').addEventListener('click', async () => {
  await api('POST', 'logout', {}).catch(() => {});
  showLogin();
});

wireEdges(act);

try {
  await showContent();
} catch (error) {
  if (!(error instanceof Refused && error.status === 401)) {
    say(error.message, true);
  }

  showLogin();
}
