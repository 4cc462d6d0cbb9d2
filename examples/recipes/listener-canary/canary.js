// k6 run -e BASE_URL=https://checkout.example.com -e CHECK_HEADER=x-canary-check canary.js
import { check } from "k6";
import http from "k6/http";

export const options = {
  scenarios: {
    canary: { executor: "constant-arrival-rate", rate: 20, timeUnit: "1s", duration: "6m", preAllocatedVUs: 50 },
  },
  thresholds: {
    http_req_failed: ["rate<0.01"],
    http_req_duration: ["p(95)<500"], // milliseconds
    checks: ["rate>0.99"],
    dropped_iterations: ["count<100"], // more: the canary is so slow that k6 cannot send what it should
  },
};

export default function () {
  const headers = { [__ENV.CHECK_HEADER]: "always" };
  const response = http.get(`${__ENV.BASE_URL}/products`, { headers });
  check(response, {
    "is 200": (answer) => answer.status === 200,
    "has products": (answer) => answer.status === 200 && answer.json("products.#") > 0,
  });
}
