// Printers and their queues: bed, hold, order, stop, end by force.
import { api } from './api.js';
import { button, byId, make, show } from './page.js';

export function showPrinters(printers, act) {
  show(byId('printers'), printers, item => item.serviceId, printer => {
    const path = `printers/${encodeURIComponent(printer.serviceId)}`;
    return make('tr', '',
      make('td', '', printer.name, make('small', '', printer.serviceId)),
      make('td', printer.online ? 'good' : 'warn', printer.online ? 'online' : 'offline'),
      make('td', '', ...bed(printer, path, act)),
      make('td', '', ...(printer.queue.length === 0 ? ['empty'] : printer.queue.map(entry => job(entry, path, act)))));
  });
}

function bed(printer, path, act) {
  const clears = printer.clearsItself;
  const switchItself = button(clears ? 'A person clears it' : 'Clears itself', `${printer.name} ${clears ? 'does not clear' : 'clears'} its bed itself`, () =>
    (clears || confirm(`${printer.name} takes parts off its bed itself, and nobody confirms any more?`)) &&
      act(() => api('PATCH', path, { clearsItself: !clears }), `${printer.name} ${clears ? 'waits for a person after each print' : 'clears its bed itself'}.`));
  if (printer.bedCleared) {
    return [`${printer.jobId === '' ? 'cleared' : 'in use'}${clears ? ', clears itself' : ''} `, switchItself];
  }

  return ['Remove the part, then confirm. ', button('Bed is cleared', `The bed of ${printer.name} is cleared`, () =>
    act(() => api('PATCH', path, { bedCleared: true }), `The bed of ${printer.name} is cleared.`), true), ' ', switchItself];
}

function job(entry, path, act) {
  const name = entry.fileName ?? entry.uri;
  const progress = entry.progress === undefined ? '' : ` ${Math.round(entry.progress * 100)} %`;
  const row = make('div', '', `${entry.order}. ${name}: ${entry.msg}${progress} `);
  if (entry.jobId === undefined || ['completed', 'failed', 'cancelled'].includes(entry.state)) {
    return row;
  }

  const at = `${path}/jobs/${encodeURIComponent(entry.jobId)}`;
  if (entry.state === 'queued' || entry.state === 'accepted') {
    row.append(
      button(entry.held ? 'Let go' : 'Hold', `${entry.held ? 'Let go' : 'Hold'} ${name}`, () =>
        act(() => api('PATCH', at, { held: !entry.held }), `${name} ${entry.held ? 'may go' : 'waits'}.`)),
      ' ',
      button('Next', `Print ${name} next`, () => act(() => api('PATCH', at, { order: 1 }), `${name} is next.`)),
      ' ');
  }

  row.append(button('Stop', `Stop ${name}`, () => confirm(`Stop ${name}?`) && act(() => api('DELETE', at), `${name} is stopped.`)));
  if (entry.state !== 'queued' && entry.state !== 'accepted') {
    row.append(' ', button('End by force', `End ${name} by force`, () =>
      confirm(`End ${name} whatever its edge does? The printer may still print: look at it, then confirm its bed.`) &&
        act(() => api('DELETE', `${at}?force=true`), `${name} has ended. Look at the printer, then confirm its bed.`)));
  }

  return row;
}
