# Writes the data of the fits and what R's nls (or lm, for models that are linear) makes of them:
#   Rscript reference.R FOLDER
# Gradients are symbolic (deriv) and the tolerance is the tightest that nls meets, so that all digits printed count.
suppressMessages({library(datasets); library(MASS); library(nlme)})
folder <- commandArgs(TRUE)[1]
lines <- c("name,source,model,response,sigma,start,estimates,errors,rss")
quote_ <- function(text) paste0("\"", text, "\"")
pairs_ <- function(names, values) paste(paste0(names, "=", trimws(formatC(values, digits = 12, format = "g"))), collapse = " ")
fit <- function(name, source, model, response, data, start, sigma = NULL) {
  columns <- names(data)[sapply(names(data), function(column) grepl(paste0("\\b", column, "\\b"), paste(model, response)) || identical(column, sigma))]
  data <- as.data.frame(lapply(as.data.frame(data)[columns], as.numeric))
  names(data) <- columns
  write.csv(format(data, digits = 15, trim = TRUE), file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
  gradient <- deriv(parse(text = model)[[1]], names(start), function.arg = c(names(start), intersect(columns, all.vars(parse(text = model)))))
  data$.f <- 0
  call_ <- paste0("(", response, ") ~ .gradient(", paste(c(names(start), intersect(columns, all.vars(parse(text = model)))), collapse = ", "), ")")
  environment_ <- new.env(); assign(".gradient", gradient, environment_)
  form <- as.formula(call_, env = environment_)
  weights <- if (is.null(sigma)) rep(1, nrow(data)) else 1 / data[[sigma]]^2
  environment_$weights_ <- weights
  solved <- NULL
  for (tolerance in c(1e-11, 1e-9, 1e-8, 1e-7)) {
    solved <- tryCatch(
      nls(form, data, start = start, weights = weights_, control = nls.control(maxiter = 500, tol = tolerance, minFactor = 1e-12, scaleOffset = 0)),
      error = function(e) { message(name, ": ", conditionMessage(e)); NULL })
    if (!is.null(solved)) break
  }
  if (is.null(solved)) stop(paste("no convergence:", name))
  estimates <- coef(solved)
  # The Jacobian at the solution, by an orthogonal factorization.
  m <- nrow(data); p <- length(estimates)
  J <- attr(do.call(gradient, c(as.list(estimates), as.list(data[intersect(columns, all.vars(parse(text = model)))]))), "gradient") * sqrt(weights)
  rss <- sum(weights * (eval(parse(text = response), data) - do.call(gradient, c(as.list(estimates), as.list(data[intersect(columns, all.vars(parse(text = model)))]))))^2)
  errors <- sqrt(diag(chol2inv(qr.R(qr(J, LAPACK = FALSE))))) * sqrt(rss / (m - p))
  stopifnot(max(abs(errors / sqrt(diag(vcov(solved))) - 1)) < 1e-4)
  lines <<- c(lines, paste(name, quote_(source), quote_(model), quote_(response), if (is.null(sigma)) "" else sigma,
    quote_(pairs_(names(start), unlist(start))), quote_(pairs_(names(estimates), estimates)), quote_(pairs_(names(estimates), errors)),
    trimws(formatC(rss, digits = 12, format = "g")), sep = ","))
}
rds <- "R 4.2 datasets"
fit("puromycin-treated", paste(rds, "Puromycin; example of ?nls"), "Vm*conc/(K+conc)", "rate", subset(Puromycin, state == "treated"), list(Vm = 200, K = 0.05))
fit("puromycin-untreated", paste(rds, "Puromycin"), "Vm*conc/(K+conc)", "rate", subset(Puromycin, state == "untreated"), list(Vm = 160, K = 0.05))
treated <- subset(Puromycin, state == "treated"); treated$s <- 1 + treated$rate / 20
fit("puromycin-weighted", paste(rds, "Puromycin, with weights; after weighted.MM of ?nls"), "Vm*conc/(K+conc)", "rate", treated, list(Vm = 200, K = 0.05), "s")
dnase <- subset(DNase, Run == 1); dnase$logconc <- log(dnase$conc)
fit("dnase-logistic", paste(rds, "DNase run 1; example of ?nls and ?SSlogis"), "Asym/(1+exp((xmid-log(conc))/scal))", "density", dnase, list(Asym = 3, xmid = 0, scal = 1))
fit("dnase-four-parameters", paste(rds, "DNase run 1; SSfpl"), "A+(B-A)/(1+exp((xmid-log(conc))/scal))", "density", dnase, list(A = 0, B = 2.3, xmid = 1.4, scal = 1))
fit("bod", paste(rds, "BOD; example of ?SSasympOrig"), "A*(1-exp(-exp(lrc)*Time))", "demand", BOD, list(A = 20, lrc = -1))
fit("orange-3", paste(rds, "Orange tree 3; example of ?SSlogis"), "Asym/(1+exp((xmid-age)/scal))", "circumference", subset(Orange, Tree == 3), list(Asym = 170, xmid = 700, scal = 350))
fit("orange-all", paste(rds, "Orange, all trees"), "Asym/(1+exp((xmid-age)/scal))", "circumference", Orange, list(Asym = 170, xmid = 700, scal = 350))
indometh <- subset(Indometh, Subject == 1)
fit("indometh", paste(rds, "Indometh subject 1; example of ?SSbiexp"), "A1*exp(-exp(lrc1)*time)+A2*exp(-exp(lrc2)*time)", "conc", indometh, list(A1 = 3, lrc1 = 1, A2 = 0.6, lrc2 = -1.3))
theoph <- subset(Theoph, Subject == 4)
fit("theoph", paste(rds, "Theoph subject 4; example of ?SSfol"), "Dose*exp(lKe+lKa-lCl)*(exp(-exp(lKe)*Time)-exp(-exp(lKa)*Time))/(exp(lKa)-exp(lKe))", "conc", theoph, list(lKe = -2.5, lKa = 0.5, lCl = -3))
fit("co2-uptake", paste(rds, "CO2 plant Qn1; example of ?SSasympOff"), "Asym*(1-exp(-exp(lrc)*(conc-c0)))", "uptake", subset(CO2, Plant == "Qn1"), list(Asym = 35, lrc = -4.5, c0 = 50))
fit("co2-uptake-hyperbola", paste(rds, "CO2 plant Mc2"), "Vm*conc/(K+conc)", "uptake", subset(CO2, Plant == "Mc2"), list(Vm = 15, K = 100))
fit("loblolly", paste(rds, "Loblolly seed 301; example of ?SSasymp"), "Asym+(R0-Asym)*exp(-exp(lrc)*age)", "height", subset(Loblolly, Seed == "301"), list(Asym = 95, R0 = -8, lrc = -3.2))
fit("chick-1", paste(rds, "ChickWeight chick 1; example of ?SSlogis"), "Asym/(1+exp((xmid-Time)/scal))", "weight", subset(ChickWeight, Chick == 1), list(Asym = 900, xmid = 35, scal = 11))
fit("chick-6", paste(rds, "ChickWeight chick 6; SSgompertz, SSweibull"), "A-(A-W0)*exp(-exp(lrc)*Time^pwr)", "weight", subset(ChickWeight, Chick == 6 & Time > 0), list(A = 158, W0 = 44, lrc = -9.8, pwr = 3.5))
fit("vapor-pressure", paste(rds, "pressure; Antoine's equation"), "A-B/(C+temperature)", "log10(pressure)", subset(pressure, temperature > 0), list(A = 8, B = 3000, C = 250))
fit("cars", paste(rds, "cars"), "a*speed^b", "dist", cars, list(a = 1, b = 1.5))
fit("women", paste(rds, "women"), "a+b*height+c*height^2", "weight", women, list(a = 0, b = 0, c = 0))
fit("faithful", paste(rds, "faithful"), "a+b*eruptions", "waiting", faithful, list(a = 0, b = 0))
longley_ <- setNames(longley, c("deflator", "gnp", "unemployed", "army", "population", "year", "employed"))
fit("longley", paste(rds, "longley; example of ?longley"), "b0+b1*deflator+b2*gnp+b3*unemployed+b4*army+b5*population+b6*year", "employed", longley_, list(b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0))
stack <- setNames(stackloss, c("air", "water", "acid", "loss"))
fit("stackloss", paste(rds, "stackloss; example of ?stackloss"), "b0+b1*air+b2*water+b3*acid", "loss", stack, list(b0 = 0, b1 = 0, b2 = 0, b3 = 0))
fit("trees", paste(rds, "trees"), "a*Girth^b*Height^c", "Volume", trees, list(a = 0.001, b = 2, c = 1))
fit("trees-log", paste(rds, "trees, logarithms; example of ?trees"), "la+b*log(Girth)+c*log(Height)", "log(Volume)", trees, list(la = 0, b = 1, c = 1))
fit("mtcars", paste(rds, "mtcars"), "a+b*exp(-c*wt)", "mpg", mtcars, list(a = 10, b = 50, c = 0.5))
population <- data.frame(decade = 0:18, millions = as.numeric(uspop))
fit("uspop", paste(rds, "uspop; logistic growth"), "th1/(1+exp(-(th2+th3*decade)))", "millions", population, list(th1 = 350, th2 = -4.5, th3 = 0.3))
keeling <- data.frame(t = as.numeric(time(co2)) - 1959, ppm = as.numeric(co2))
fit("mauna-loa", paste(rds, "co2; trend and one harmonic"), "a+b*t+c*t^2+p*sin(6.283185307179586*t)+q*cos(6.283185307179586*t)", "ppm", keeling, list(a = 300, b = 1, c = 0, p = 0, q = 0))
nottingham <- data.frame(t = as.numeric(time(nottem)) - 1920, degrees = as.numeric(nottem))
fit("nottingham", paste(rds, "nottem; sine with a phase"), "m+A*sin(6.283185307179586*t+phi)", "degrees", nottingham, list(m = 50, A = 10, phi = 4))
fit("wtloss", "MASS wtloss; example of ?wtloss", "b0+b1*2^(-Days/th)", "Weight", wtloss, list(b0 = 90, b1 = 95, th = 120))
fit("stormer", "MASS stormer; example of ?stormer", "b1*Viscosity/(Wt-b2)", "Time", stormer, list(b1 = 28, b2 = 2))
fit("soybean", "nlme Soybean plot 1988F1", "Asym/(1+exp((xmid-Time)/scal))", "weight", subset(Soybean, Plot == "1988F1"), list(Asym = 20, xmid = 55, scal = 8))
fit("anscombe-3", paste(rds, "anscombe, third set"), "a+b*x3", "y3", anscombe, list(a = 0, b = 0))
writeLines(lines, file.path(folder, "r.csv"))
