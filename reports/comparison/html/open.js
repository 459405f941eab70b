// A link to a line that stands in a closed part opens it.
(() => {
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target === null ? null : (target.closest('details') ?? target.querySelector(':scope > details'));
    if (details === null) return;
    details.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  openTarget();
})();
