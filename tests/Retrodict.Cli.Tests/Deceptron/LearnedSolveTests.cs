using System.Text.Json;

namespace Retrodict.Cli.Tests.Deceptron;

/// <summary><c>solve</c> with a learned inverse, and with several methods.</summary>
public sealed class LearnedSolveTests(TrainedModels models) : TemporaryFolder, IClassFixture<TrainedModels>
{
    private string[] Line => ["solve", "heat-1d", "--instances", "12", "--model", models.Physics];

    [Fact]
    public void A_model_is_solved_with_d_ipg_which_counts_its_steps()
    {
        JsonElement solve = Cli.Json(Line);
        Assert.Equal(["problem", "solver", "instances", "summary", "results"], Keys.Of(solve));
        Assert.Equal("d-ipg", solve.GetProperty("solver").GetString());
        JsonElement[] results = [.. solve.GetProperty("results").EnumerateArray()];
        Assert.Equal(
            ["status", "criterion", "iterations", "residual", "rmse_x", "microseconds", "evaluations", "learned"], Keys.Of(results[0]));
        Assert.Equal(
            ["learned_steps", "safeguard_steps", "safeguard_reason", "rjcp_first", "rjcp_mean", "rjcp_max"],
            Keys.Of(results[0].GetProperty("learned")));
        Assert.All(results, result =>
        {
            JsonElement learned = result.GetProperty("learned");
            Assert.Equal(
                result.GetProperty("iterations").GetInt32(),
                learned.GetProperty("learned_steps").GetInt32() + learned.GetProperty("safeguard_steps").GetInt32());
            Assert.True(result.GetProperty("evaluations").GetProperty("reverse_map").GetInt64() >= 1);
        });
        JsonElement summary = solve.GetProperty("summary");
        Assert.Equal(
            results.Sum(result => result.GetProperty("learned").GetProperty("safeguard_steps").GetInt64()),
            summary.GetProperty("safeguard_steps").GetInt64());
        Assert.InRange(summary.GetProperty("rmse_x").GetDouble(), 0.05, 0.15);
        Assert.True(summary.GetProperty("success_discrepancy").GetDouble() > 0.8);
    }

    [Fact]
    public void Without_a_start_it_begins_at_the_estimate()
    {
        // Of two thirds of the instances the estimate explains the measurement, so that there is nothing left to do; from zeros there is.
        Assert.Contains(Iterations(Line), count => count == 0);
        Assert.DoesNotContain(Iterations([.. Line, "--start", "zeros"]), count => count == 0);

        static int[] Iterations(string[] line) =>
        [
            .. Cli.Run([.. line, "--json"]).Json().GetProperty("results").EnumerateArray()
                .Select(result => result.GetProperty("iterations").GetInt32()),
        ];
    }

    [Theory]
    [InlineData("increment")]
    [InlineData("tangent")]
    [InlineData("bayesian")]
    public void Every_form_explains_the_measurements(string form)
    {
        Cli.Outcome outcome = Cli.Run([.. Line, "--form", form, "--start", "zeros", "--json"]);
        Assert.True(outcome.Json().GetProperty("summary").GetProperty("success_discrepancy").GetDouble() > 0.8, outcome.Output);
    }

    [Fact]
    public void The_published_form_is_the_published_method()
    {
        JsonElement byForm = Cli.Run([.. Line, "--form", "published", "--json"]).Json(), byName = Cli.Run(
            [.. Line, "--solver", "d-ipg-published", "--json"]).Json();
        Assert.Equal("d-ipg-published", byForm.GetProperty("solver").GetString());
        Assert.Equal(
            byName.GetProperty("summary").GetProperty("rmse_x").GetDouble(),
            byForm.GetProperty("summary").GetProperty("rmse_x").GetDouble());
    }

    [Fact]
    public void Without_the_safeguard_there_are_no_exact_steps()
    {
        Cli.Outcome outcome = Cli.Run([.. Line, "--no-safeguard", "--start", "zeros", "--json"]);
        Assert.Equal(0, outcome.Json().GetProperty("summary").GetProperty("safeguard_steps").GetInt64());
        Assert.True(outcome.Json().GetProperty("summary").GetProperty("learned_steps").GetInt64() > 0);
    }

    [Fact]
    public void The_report_says_why_learned_steps_ended_and_certificates_come_with_v()
    {
        Cli.Outcome outcome = Cli.Run([.. Line, "-v"]);
        Assert.Contains("learned steps", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("learned until", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("gain error", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("rank 64", outcome.Output, StringComparison.Ordinal);
        Assert.All(outcome.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Several_methods_solve_the_same_instances()
    {
        JsonElement both = Cli.Json([.. Line, "--solver", "d-ipg,gauss-newton", "--stop", "discrepancy"]);
        Assert.Equal(["problem", "runs"], Keys.Of(both));
        JsonElement[] runs = [.. both.GetProperty("runs").EnumerateArray()];
        Assert.Equal(["d-ipg", "gauss-newton"], runs.Select(run => run.GetProperty("solver").GetString()));
        foreach ((string solver, JsonElement run) in new[] { "d-ipg", "gauss-newton" }.Zip(runs))
        {
            // Each finds what it finds alone.
            JsonElement alone = Cli.Json([.. Line, "--solver", solver, "--stop", "discrepancy"]);
            Assert.Equal(
                alone.GetProperty("summary").GetProperty("rmse_x").GetDouble(),
                run.GetProperty("summary").GetProperty("rmse_x").GetDouble());
        }

        string table = Cli.Run([.. Line, "--solver", "d-ipg,levenberg-marquardt", "--stop", "discrepancy"]).Output;
        Assert.Contains("12 instances by 2 methods in turn", table, StringComparison.Ordinal);
        Assert.Contains("\nlevenberg-marquardt ", table.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_goes_to_the_methods_that_have_it()
    {
        string[] line = ["solve", "heat-1d", "--instances", "2", "--memory", "4", "--solver"];
        Assert.Equal(0, Cli.Run([.. line, "gauss-newton,l-bfgs"]).Code);
        Assert.Contains(
            "--memory does not go with gauss-newton or dogleg, but with l-bfgs",
            Cli.Fail(2, [.. line, "gauss-newton,dogleg"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_arm_of_the_surrogate_all_methods_see_it_and_are_judged_on_the_truth()
    {
        string[] line = ["solve", "heat-1d", "--instances", "4", "--model", models.Surrogate, "--solver", "gauss-newton", "--json"];
        JsonElement truth = Cli.Run(line).Json().GetProperty("summary"), surrogate = Cli.Run(
            [.. line, "--arm", "surrogate"]).Json().GetProperty("summary");

        // A forward model of three epochs is a poor one, and only a judge who knows the true one can tell.
        Assert.Equal(1, truth.GetProperty("success_discrepancy").GetDouble());
        Assert.True(surrogate.GetProperty("residual").GetDouble() > 2 * truth.GetProperty("residual").GetDouble());
    }

    [Theory]
    [InlineData("heat-1d --solver d-ipg", "--solver d-ipg needs --model MODEL")]
    [InlineData("heat-1d --solver d-ipq --model PHYSICS", "did you mean 'd-ipg'?")]
    [InlineData("heat-1d --solver d-ipg,d-ipg --model PHYSICS", "names d-ipg twice")]
    [InlineData("heat-1d --form tangent", "--form goes with --solver d-ipg")]
    [InlineData("heat-1d --no-safeguard --model PHYSICS --solver bfgs", "--no-safeguard goes with --solver d-ipg")]
    [InlineData("heat-1d --model PHYSICS --form tangnet", "did you mean 'tangent'?")]
    [InlineData("heat-1d --model PHYSICS --form published --no-safeguard", "--no-safeguard does not go with d-ipg-published")]
    [InlineData("heat-1d --model PHYSICS --form bayesian --prior none", "bayesian needs a prior")]
    [InlineData("heat-1d --arm surrogate", "--arm surrogate needs --model MODEL")]
    [InlineData("heat-1d --arm surrogate --model PHYSICS", "has none; 'train --mode surrogate' learns both")]
    [InlineData("heat-1d --arm surogate", "did you mean 'surrogate'?")]
    [InlineData("oscillator --model PHYSICS", "does not suit oscillator: The model was trained for 'heat-1d' with 64 unknowns")]
    [InlineData(
        "heat-1d-explicit --model PHYSICS",
        "does not suit heat-1d-explicit: The model was trained for 'heat-1d', and this is another problem")]
    [InlineData("heat-1d-explicit --model SURROGATE", "does not suit heat-1d-explicit: The model was trained for 'heat-1d'")]
    [InlineData("heat-1d --model PHYSICS --solver d-ipg,bfgs --out out.npz", "--out holds the results of one method")]
    public void Wrong_usage_is_named(string options, string message) => Assert.Contains(
        message,
        Cli.Fail(
            2,
            [
                "solve",
                .. options.Split(' ').Select(
                    word => word switch { "PHYSICS" => models.Physics, "SURROGATE" => models.Surrogate, _ => word }),
            ]),
        StringComparison.Ordinal);

    [Fact]
    public void Fits_have_no_learned_methods() =>
        Assert.DoesNotContain("d-ipg", Cli.Run("fit", "--help").Output.Split("Shared options")[0], StringComparison.Ordinal);

    [Fact]
    public void The_demonstration_compares_four_methods()
    {
        JsonElement runs = Cli.Json("demo", "--steps", "50", "--instances", "6").GetProperty("runs");
        Assert.Equal(
            ["d-ipg", "levenberg-marquardt", "l-bfgs", "gauss-newton"],
            runs.EnumerateArray().Select(run => run.GetProperty("solver").GetString()));
        Assert.All(runs.EnumerateArray(), run => Assert.Equal(6, run.GetProperty("results").GetArrayLength()));
    }
}
