// The page to print: a button that does so, where the browser runs scripts.
"use strict";

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => print());
