#!/bin/bash
# Math.NET Numerics 5.0.0: standard errors of LevenbergMarquardtMinimizer where the data determine only a product, y = a b x.
# Expected: infinite, not a number, or an exception: the normal matrix is singular, any a with b = 1.733 / a fits as well.
# Seen: a = 1.317 +- 0.058 and b = 1.317 +- 0.058, exit RelativePoints: errors of 4 % for numbers that are the start's; from another start
#   b comes out as 19.95 +- 0.0000, with errors that exclude the first answer.
# Why it matters: a table of such errors looks like a measurement. Retrodict's fit names parameters that are not determined, and the
#   combination that is, and gives them no errors.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > fit.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="MathNet.Numerics" Version="[5.0.0]" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

double[] x = [0, 1, 2, 3, 4], y = [0.9, 2.2, 4.1, 5.6, 6.2];
Console.WriteLine("MathNet.Numerics 5.0.0");
var (near, far) = (Fit(1, 1), Fit(1, 20));
var finite = near.StandardErrors.Concat(far.StandardErrors).All(e => e is > 0 and < 1);
var apart = Math.Abs(near.MinimizingPoint[1] - far.MinimizingPoint[1]) > 5 * (near.StandardErrors[1] + far.StandardErrors[1]);
return finite && apart ? 0 : 1;

NonlinearMinimizationResult Fit(double a, double b)
{
    var objective = ObjectiveFunction.NonlinearModel(
        (p, t) => t.Map(s => p[0] * p[1] * s), Vector<double>.Build.Dense(x), Vector<double>.Build.Dense(y));
    var result = new LevenbergMarquardtMinimizer().FindMinimum(objective, Vector<double>.Build.Dense([a, b]));
    var (p, e) = (result.MinimizingPoint, result.StandardErrors);
    Console.WriteLine($"start {a}, {b}  a {p[0]:f4} +- {e[0]:f4}  b {p[1]:f4} +- {e[1]:f4}  a b {p[0] * p[1]:f4}  {result.ReasonForExit}");
    return result;
}
CS
DOTNET_NOLOGO=1 dotnet run -c Release
