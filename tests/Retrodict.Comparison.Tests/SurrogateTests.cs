using Retrodict.Catalogue;
using Retrodict.Learning;

namespace Retrodict.Comparison.Tests;

public class SurrogateTests
{
    /// <summary>The published share of heat-1d is 24.3 % of 300 instances; ten times as many instances tell the share of a training apart
    /// from luck with instances.</summary>
    [Fact]
    public void The_surrogate_of_heat_1d_is_as_good_as_the_published_one_and_the_penalty_lowers_its_composition_error()
    {
        BenchmarkProblem problem = ProblemCatalogue.Heat1D;
        SurrogateTraining training = TrainingRecipe.Surrogate(problem);
        SurrogateArm whole = SurrogateArm.Of(problem, TrainingRecipe.TrainSurrogate(problem, training), 3000);
        SurrogateArm without = SurrogateArm.Of(
            problem, TrainingRecipe.TrainSurrogate(problem, training.Without(SurrogateAblation.JacobianComposition)), 300);
        Assert.True(WilsonInterval.Of(0.243, 300).Contains(whole.Success), $"success {whole.Success}");
        Assert.True(
            without.CompositionError > 1.4 * whole.CompositionError, $"{without.CompositionError} against {whole.CompositionError}");
        Assert.InRange(whole.CompositionError, 0.5, 0.7);
    }

    /// <summary>Published: composition error 0.043 whole, some hundreds without compositions; acceptance falls with tied weights.</summary>
    [Fact]
    public void Ablations_of_heat_1d_explicit_order_as_published()
    {
        Dictionary<string, AblationRow> rows = SurrogateAblations.Affine([0]).ToDictionary(row => row.Name);
        Assert.InRange(64 * rows["whole"].CompositionError, 0.02, 0.08);
        Assert.InRange(64 * rows["no JCP, no composition, random start"].CompositionError, 200, 1000);
        Assert.True(rows["no JCP, no composition"].CompositionError > 50 * rows["whole"].CompositionError);
        Assert.True(rows["tied weights"].Acceptance < 0.8 * rows["whole"].Acceptance);
        Assert.True(rows["tied weights"].Success < rows["whole"].Success);
        Assert.Equal(rows["whole"].MeanSteps, rows["no cycle"].MeanSteps, 0.2);
        Assert.Equal(rows["whole"].MeanSteps, rows["no reconstruction"].MeanSteps, 0.2);
    }

    [Fact]
    public void A_trained_model_belongs_to_its_problem()
    {
        BenchmarkProblem problem = ProblemCatalogue.Heat1DExplicit;
        SurrogateTraining training = TrainingRecipe.Surrogate(problem);
        DeceptronModel model = TrainingRecipe.TrainSurrogate(problem, training with { Stages = [training.Stages[0] with { Epochs = 1 }] });
        model.RequireProblem(problem.ToInverseProblem());
        Assert.Contains(
            "another problem",
            Assert.Throws<ArgumentException>(() => model.RequireProblem(ProblemCatalogue.Heat1D.ToInverseProblem())).Message,
            StringComparison.Ordinal);
    }
}
