"""Oxygen in a pond over a day: production by light, respiration, exchange with the air. Three numbers on standard input, a line each:
production and respiration in mg/l an hour, exchange in 1/h. Prints the oxygen in mg/l every two hours."""
import math
import sys

production, respiration, exchange = (float(line) for line in sys.stdin)
saturation = 9.1
oxygen = 7.0
minutes = 1
for minute in range(24 * 60 + 1):
    if minute % 120 == 0:
        print(repr(oxygen))
    light = max(0.0, math.sin(2 * math.pi * (minute / 60 - 6) / 24))
    change = production * light - respiration + exchange * (saturation - oxygen)
    oxygen += change * minutes / 60
