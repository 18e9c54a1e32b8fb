"""scikit-learn's example of features of digits, with a logistic regression that has converged: the row beside ours in docs/results.md."""
import numpy as np
from scipy.ndimage import convolve
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import BernoulliRBM
from sklearn.preprocessing import minmax_scale


def shifted(images, row, column):
    kernel = np.zeros((3, 3))
    kernel[row, column] = 1
    return np.array([convolve(image.reshape(8, 8), kernel, mode="constant").ravel() for image in images])


images, labels = load_digits(return_X_y=True)
images = images.astype("float32")
x = np.concatenate([images] + [shifted(images, *at) for at in ((0, 1), (1, 0), (1, 2), (2, 1))])
x = minmax_scale(x, feature_range=(0, 1))
x, x_test, y, y_test = train_test_split(x, np.concatenate([labels] * 5), test_size=0.2, random_state=0)
rbm = BernoulliRBM(n_components=100, learning_rate=0.06, n_iter=10, random_state=0).fit(x)
for name, penalty, a, b in (("features", 6000, rbm.transform(x), rbm.transform(x_test)), ("pixels", 100, x, x_test)):
    fitted = LogisticRegression(C=penalty, max_iter=20000, tol=1e-6).fit(a, y)
    print(f"{name}: {fitted.score(b, y_test):.4f} of the test digits, {fitted.n_iter_[0]} iterations")
