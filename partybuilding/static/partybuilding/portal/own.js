/**
 * What somebody else left of their score sheets on this device is removed when another person has signed in.
 * @module own
 */

const account = document.querySelector("[data-account]")?.getAttribute("data-account");
try {
  for (const key of Object.keys(localStorage))
    if (account && key.startsWith("score:") && key.split(":")[2] !== account) localStorage.removeItem(key);
} catch {
  // Storage is closed: then nothing was left either.
}
