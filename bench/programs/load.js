// Measures how long a new process takes to load modules: `node load.js <loaded before> <measured>`, lists with commas.
const load = (names) => {
  for (const name of names.split(",").filter(Boolean)) require(name);
};

const [before, measured] = process.argv.slice(2);
load(before);
const began = performance.now();
load(measured);
const milliseconds = performance.now() - began;
console.log(JSON.stringify({ milliseconds }));
