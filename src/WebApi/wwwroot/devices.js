// Devices with their state and latest results.
import { api } from './api.js';
import { byId, make, say, show, time } from './page.js';

let shown = [];
let more = [];
let cursor = '';

export function showDevices(page) {
  if (more.length === 0) {
    cursor = page.nextCursor;
  }

  shown = page.devices;
  draw();
}

function draw() {
  show(byId('devices'), [...shown, ...more], item => `${item.edgeId}/${item.serviceId}`, row);
  byId('more-devices').hidden = cursor === '';
}

function row(device) {
  return make('tr', '',
    make('td', '', device.name, make('small', '', device.serviceId)),
    make('td', device.online ? 'good' : 'warn', device.online ? 'online' : 'offline'),
    make('td', '', ...(device.latest.length === 0 ? ['no result yet'] : device.latest.map(latest))),
    make('td', '', device.edgeId));
}

function latest(measurement) {
  const values = Object.entries(measurement.quantities)
    .filter(([, quantity]) => typeof quantity?.value === 'number')
    .map(([name, quantity]) => `${name} ${quantity.value} ${quantity.unit}`)
    .join(', ');
  return make('div', '', values, make('small', '', time(measurement.measuredAt)));
}

byId('more-devices').addEventListener('click', async () => {
  try {
    const page = await api('GET', `devices?limit=100&cursor=${encodeURIComponent(cursor)}`);
    more = [...more, ...page.devices];
    cursor = page.nextCursor;
    draw();
  } catch (error) {
    say(error.message, true);
  }
});
