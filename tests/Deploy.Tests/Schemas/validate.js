// Reads YAML documents from the input and writes a line for each one that breaks its schema. Unknown fields are not its concern: the
// API's schemas allow them, and the tests refuse them before.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import yaml from 'js-yaml';

const require = createRequire(import.meta.url);
let count = 0;
for (const document of yaml.loadAll(readFileSync(0, 'utf8'))) {
  count++;
  try {
    const { [document.kind]: Model } = require(`kubernetes-models/${document.apiVersion}/${document.kind}`);
    new Model(document).validate();
  } catch (fault) {
    console.log(`${document.kind} ${document.metadata?.name}: ${fault.message}`);
  }
}
console.log(`${count} documents`);
