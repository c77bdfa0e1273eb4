// The page and its lab, in this order: the page listens before the lab speaks.

import "./page.js";
import "../element/momentum-lab.js";
